// The copy card: what has been copied is marked, and one key copies the next field: paste, come back, C again.
const card = document.querySelector("[data-card]");
const fields = card ? [...card.querySelectorAll("[data-field]")] : [];
const left = () => fields.find((row) => row.querySelector(".tag").hidden);

card?.addEventListener("click", (event) => {
  const row = event.target.closest("[data-do=copy]")?.closest("[data-field]");
  if (row) row.querySelector(".tag").hidden = false;
  if (event.target.closest("[data-next]")) {
    if (!left()) fields.forEach((each) => { each.querySelector(".tag").hidden = true; }); // once round, and again
    left().querySelector("[data-do=copy]").click();
  }
});
