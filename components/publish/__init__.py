"""What leaves the dashboard: pictures, films, briefs, the site, bundles of data. No Streamlit."""
