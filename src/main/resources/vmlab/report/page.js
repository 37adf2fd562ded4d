const tip = document.getElementById('tip'), report = document.getElementById('report');
// The page shows a bar's text itself, at once and whole; the browser's own would come on top.
const ready = () => report.querySelectorAll('[data-tip] > title').forEach(title => title.remove());
ready();
document.addEventListener('pointermove', event => {
  const of = event.target.closest && event.target.closest('[data-tip]');
  tip.style.display = of ? 'block' : 'none';
  if (!of) return;
  tip.textContent = of.dataset.tip;
  const left = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 10);
  const below = event.clientY + 18;
  tip.style.left = Math.max(10, left) + 'px';
  tip.style.top = (below + tip.offsetHeight > innerHeight ? Math.max(10, event.clientY - tip.offsetHeight - 12) : below) + 'px';
});
