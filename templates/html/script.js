
// The page is complete without this: a file knows no clock, so only its reader can say how many days are left.
for (const place of document.querySelectorAll("[data-last]")) {
  const now = new Date();
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  const until = (date) => Math.round((Date.parse(date) - today) / 86400000);
  const days = (count) => count + (count === 1 ? " day" : " days");
  const first = until(place.dataset.first);
  const last = until(place.dataset.last);
  const detail = document.createElement("span");
  detail.className = "minor";
  detail.textContent = "of " + place.textContent.trim();
  if (first > 0) {
    place.textContent = "starts in " + days(first);
  } else if (last >= 0) {
    place.textContent = days(last + 1) + " left";
    place.append(" ", detail);
  } else {
    place.textContent = "ended " + days(-last) + " ago";
  }
}
