/* The day that the page shows: an address without one shows the last. */
function dayOfPage(last) {
  const asked = new URLSearchParams(location.search).get("date");
  return /^\d{4}-\d\d-\d\d$/.test(asked) ? asked : last;
}
