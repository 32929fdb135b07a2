"""A dated, sourced record of who recognises a government: checked, summarised, drawn and shown."""
