/* What a reader does with keys, pointer and printer that Streamlit would take otherwise; the files beside say what. */

export default function () {
  const ends = [typedDay(), typedName(), pressOnPlot(), onPaper()];
  return () => ends.forEach((end) => end());
}

/* Listens before anybody else until the function that is given back is called. */
function listening(handlers, place = document) {
  for (const [kind, handle] of Object.entries(handlers)) place.addEventListener(kind, handle, true);
  return () => Object.entries(handlers).forEach(([kind, handle]) => place.removeEventListener(kind, handle, true));
}
