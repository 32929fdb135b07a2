"""What several pages are made of: masthead, evidence, pictures, sharing, the address."""
