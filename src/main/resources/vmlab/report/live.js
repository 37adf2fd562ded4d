const lost = document.getElementById('lost');
let shown = '';
async function look() {
  let pause = 2000;
  try {
    const answer = await fetch('state', {cache: 'no-store'});
    if (!answer.ok) throw answer.status;
    const text = await answer.text();
    lost.style.display = 'none';
    if (text !== shown && !document.hidden) {
      const open = [...report.querySelectorAll('details[open]')].map(details => details.id);
      report.innerHTML = text;
      open.forEach(id => { const details = document.getElementById(id); if (details) details.open = true; });
      shown = text;
      document.title = report.querySelector('h1').dataset.title;
      ready();
    }
    if (answer.headers.get('Lab-State') !== 'RUNNING') pause = 5000;
  } catch (gone) {
    lost.style.display = 'block';
    pause = 5000;
  }
  setTimeout(look, pause);
}
setTimeout(look, 1000);
