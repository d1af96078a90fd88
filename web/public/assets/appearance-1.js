// Sets colours and density before the first paint. A file of its own because our CSP allows no inline script, and not a
// module because those run after the first paint. Files under /assets are cached for ever: a change needs a new name.
(() => {
  let choice = {};
  try {
    choice = JSON.parse(localStorage.getItem('antiphon.appearance')) || {};
  } catch {
    // No storage: the system's choice is right.
  }
  const dark =
    choice.scheme === 'dark' || (choice.scheme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.mantineColorScheme = dark ? 'dark' : 'light';
  if (choice.density === 'compact') document.documentElement.dataset.density = 'compact';
})();
