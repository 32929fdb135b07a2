"""What is shown: widgets, figures of the catalogue and their evidence; no reshaping of data and no Plotly call."""
