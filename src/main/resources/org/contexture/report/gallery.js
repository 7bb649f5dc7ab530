(() => {
  const form = document.getElementById('gallery-filter');
  if (!form) return;
  const groups = [...document.querySelectorAll('[data-group]')];
  const total = document.querySelectorAll('[data-group] .query').length;

  const show = () => {
    const chosen = new FormData(form);
    const name = chosen.get('class').trim().toLowerCase();
    const narrowed = name !== '' || chosen.has('wrong') || chosen.get('group') !== 'all';
    let shown = 0;
    for (const group of groups) {
      const wanted = chosen.get('group') === 'all' || chosen.get('group') === group.dataset.group;
      let count = 0;
      for (const query of group.querySelectorAll('.query')) {
        const fits = wanted
          && query.querySelector('.asked .class').textContent.toLowerCase().includes(name)
          && (!chosen.has('wrong') || query.dataset.nearest === 'wrong');
        query.hidden = !fits;
        count += fits;
      }
      group.hidden = narrowed && count === 0;
      if (narrowed && count > 0) group.open = true;
      shown += count;
    }
    form.querySelector('[role=status]').textContent = `${shown} of ${total} queries`;
  };

  form.addEventListener('input', show);
  form.addEventListener('submit', event => event.preventDefault());
  form.hidden = false;
  show();
})();
