/* The player below the map of a page. While it moves, headline and title follow it; where it stays, the page's day does,
   and with it all else. */

export default function ({ parentElement, data, setTriggerValue }) {
  let own = null; // what headline and title say of the page's own day, while they say something else

  const place = () => document.querySelector(`.${data.frame}`);
  const said = () => [...document.querySelectorAll(".headline > span"), ...place().querySelectorAll(".day")];

  const page = {
    day: () => dayOfPage(data.film.days.at(-1)),
    tell(at) {
      document.body.classList.add("playing");
      own ??= said().map((element) => element.textContent);
      const day = data.film.words[at];
      const [, first, semicolon, further] = data.film.headlines[at].match(/^(.*?)(; |$)(.*)$/);
      const words = { over: day, day, first, semicolon, further };
      for (const element of said()) element.textContent = words[element.className];
    },
    stay(at) {
      document.body.classList.remove("playing");
      const day = data.film.days[at];
      // The page is sent nothing anew where it shows that day already.
      if (day === page.day()) said().forEach((element, place) => (element.textContent = own?.[place] ?? element.textContent));
      else setTriggerValue("day", day);
      own = null;
    },
  };
  const stop = player(parentElement, () => place()?.querySelector(".js-plotly-plot"), data.film, page);
  return () => {
    document.body.classList.remove("playing");
    stop();
  };
}
