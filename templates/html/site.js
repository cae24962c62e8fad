// What the pages of a site do where scripts run; every page is complete without it.

// Search without a server: the list comes as a script of its own, since a page from a folder may load nothing else.
const form = document.querySelector("form.search");

/**
 * Takes the list and looks through it with every letter; a plan is its name, the beginning of the addresses on its page
 * up to their last sign, and number, title and owner of each goal.
 */
// eslint-disable-next-line no-unused-vars
function okrSearch(plans) {
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const goals = [];
  for (const [plan, page, parts] of plans) {
    goals.push({ title: plan, plan: "", owner: "", href: page.slice(0, -1), folded: fold(plan) });
    for (let at = 0; at < parts.length; at += 3) {
      const [number, title, owner] = parts.slice(at, at + 3);
      const href = page + (number.includes(".") ? "kr." : "o.") + number;
      goals.push({ title, plan, owner, href, folded: fold(title + " " + owner + " " + plan) });
    }
  }
  const input = form.querySelector("input");
  const hits = form.querySelector("ol");
  const found = form.querySelector("[role=status]");
  const line = (className, text) => {
    const element = document.createElement("p");
    element.className = className;
    element.textContent = text;
    return element;
  };
  const show = () => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    const all = words.length ? goals.filter((goal) => words.every((word) => goal.folded.includes(word))) : [];
    // What stands below is no result.
    form.nextElementSibling.hidden = words.length > 0;
    const result = all.length === 0 ? "Nothing has all of these words." : all.length + (all.length === 1 ? " match" : " matches");
    found.textContent = words.length ? result : "";
    hits.replaceChildren(
      ...all.slice(0, 50).map((goal) => {
        const item = document.createElement("li");
        const link = document.createElement("a");
        link.href = goal.href;
        link.textContent = goal.title;
        link.dir = "auto";
        const what = line("what", "");
        what.append(link);
        item.append(what, line("minor", [goal.plan, goal.owner].filter(Boolean).join(" · ")));
        return item;
      }),
    );
  };
  form.addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("input", show);
  form.hidden = false;
  show();
  // Who comes back finds the words again, as the browser fills them in, and with them what was found.
  addEventListener("pageshow", show);
}

// The strategy map: what does not match fades, and the drawing grows and shrinks.
const tools = document.querySelector(".map-tools");
if (tools) {
  const map = tools.parentElement.querySelector("svg.map");
  const nodes = [...map.querySelectorAll(".node")];
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const items = [...tools.parentElement.querySelectorAll(".map-lists li")];
  const clear = tools.querySelector("[value=clear]");
  const statuses = items.map((item) => item.querySelector(".mark")?.classList[1] ?? "");
  const inItems = items.map((item) => fold(item.textContent));
  const texts = nodes.map((node) => fold(node.querySelector(":scope > [aria-label]").getAttribute("aria-label")));
  const [width, height] = [map.width.baseVal.value, map.height.baseVal.value];
  const show = () => {
    const words = fold(tools.querySelector("input").value).split(/\s+/).filter(Boolean);
    const status = tools.querySelector("select").value;
    const isAsked = words.length > 0 || status !== "";
    const fits = (text, its) => words.every((word) => text.includes(word)) && (status === "" || its === status);
    let count = 0;
    nodes.forEach((node, at) => {
      const matches = fits(texts[at], node.classList.contains(status) ? status : "");
      node.classList.toggle("faded", isAsked && !matches);
      count += matches;
    });
    items.forEach((item, at) => (item.hidden = isAsked && !fits(inItems[at], statuses[at])));
    const result = count === 0 ? "No objective matches." : count + " of " + nodes.length;
    tools.querySelector("[role=status]").textContent = isAsked ? result : "";
    clear.hidden = !isAsked;
  };
  let scale = 1;
  const zoom = (next) => {
    scale = Math.min(Math.max(next, 0.2), 3);
    map.setAttribute("width", width * scale);
    map.setAttribute("height", height * scale);
  };
  tools.addEventListener("click", ({ target }) => {
    const fit = map.parentElement.clientWidth / width;
    const next = { in: scale * 1.25, out: scale / 1.25, fit, full: 1 }[target.value];
    if (target === clear) {
      tools.reset();
      show();
      tools.querySelector("input").focus();
    } else if (target.tagName === "BUTTON") zoom(next);
  });
  tools.addEventListener("submit", (event) => event.preventDefault());
  tools.addEventListener("input", show);
  tools.hidden = false;
  show();
}

// In a site of one file, the name of the tab is that of the page that is shown.
if (document.querySelector(".leaf")) {
  const site = document.title;
  const name = () => {
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const heading = place?.closest(".leaf")?.querySelector("h1");
    document.title = heading ? heading.textContent.trim() + " – " + site : site;
  };
  addEventListener("hashchange", name);
  name();
  // Going back leads to where one was: some browsers look for it before the page is shown.
  let waiting;
  addEventListener("scroll", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => history.replaceState({ top: scrollY }, ""), 100);
  });
  addEventListener("popstate", ({ state }) => {
    clearTimeout(waiting);
    if (state) requestAnimationFrame(() => scrollTo({ top: state.top, behavior: "instant" }));
  });
}
