// Arrow keys, space and page keys turn slides over; without this they are scrolled.
addEventListener("keydown", (event) => {
  const steps = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Home: -Infinity, End: Infinity };
  const step = event.key === " " && event.shiftKey ? -1 : steps[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
  const slides = [...document.querySelectorAll(".slide")];
  const distance = (slide) => Math.abs(slide.getBoundingClientRect().top);
  const here = slides.reduce((near, slide, at) => (distance(slide) < distance(slides[near]) ? at : near), 0);
  const next = Math.min(Math.max(here + step, 0), slides.length - 1);
  // What is longer than the window is read to its end first.
  const { top, bottom } = slides[here].getBoundingClientRect();
  const isLong = Number.isFinite(step) && (step > 0 ? bottom > innerHeight + 8 : top < -8);
  if (isLong) return;
  event.preventDefault();
  slides[next].scrollIntoView({ behavior: "instant" });
});
