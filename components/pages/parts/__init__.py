"""What several pages are made of: sidebar, evidence, pictures, sharing, the address."""
