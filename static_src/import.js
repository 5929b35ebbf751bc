// A long job: the page asks every second how far it is, and goes on to the result when it is done.
async function look() {
  if (document.hidden) return;
  try {
    const answer = await fetch(location.href, { headers: { "X-Live": "1" } });
    if (answer.redirected) { location.replace(answer.url); return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("job");
    if (answer.ok && !fresh) { location.reload(); return; }
    if (answer.ok && !fresh.querySelector("progress")) clearInterval(timer);
    if (answer.ok) document.getElementById("job").replaceWith(fresh);
  } catch (error) { /* the next second asks again */ }
}
const timer = setInterval(look, 1000);
