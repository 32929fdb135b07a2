"""The yardstick: one title and one world map, as plain as the framework allows. It builds its figure on every run.

It has the shapes of the dashboard's own map, beside it in static/, and runs with the framework's own settings.
"""

import json
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st

SHAPES = Path(__file__).parent / "static" / "world.geojson"
# plotly.js would fetch its own borders before it draws ours; this answers it without the network.
NO_TOPOLOGY = 'data:application/json,{"type":"Topology","objects":{},"arcs":[]}#'

st.title("Bare")
if "codes" not in st.session_state:
    st.session_state.codes = [feature["id"] for feature in json.loads(SHAPES.read_text(encoding="utf-8"))["features"]]
codes = st.session_state.codes
shapes = go.Choropleth(
    geojson="app/static/world.geojson", locations=codes, z=[sum(map(ord, code)) % 5 for code in codes], showscale=False
)
figure = go.Figure(shapes)
figure.update_geos(visible=False, fitbounds=False, projection_type="natural earth")
figure.update_layout(height=500, margin={"l": 0, "r": 0, "t": 0, "b": 0})
st.plotly_chart(figure, key="map", config={"topojsonURL": NO_TOPOLOGY})
