/** For the scripts of all pages, which have a `drawAll` of their own: what a printer gets. */
export const onPaper: string = `
/** Paper is white and cannot be unfolded. */
let unfolded = [];
addEventListener('beforeprint', () => {
  unfolded = [...document.querySelectorAll('details:not([open])')];
  for (const folded of unfolded) folded.open = true;
  document.documentElement.classList.add('paper');
  drawAll();
});
addEventListener('afterprint', () => {
  for (const folded of unfolded) folded.open = false;
  document.documentElement.classList.remove('paper');
  drawAll();
});
`
