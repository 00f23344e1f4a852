/** The legend: a button for each line, which shows or hides it and has its value under the cursor. Reading by keyboard. */
export const chartKeys: string = `
function makeKeys(chart, place, toggle) {
  const at = element('p', 'at');
  const values = chart.series.map(() => element('span', 'value'));
  const buttons = chart.series.map((one, index) => {
    const swatch = element('span', 'swatch'), button = element('button', 'key');
    swatch.style.background = lineColour(chart, one);
    button.type = 'button';
    button.setAttribute('aria-pressed', String(one.shown));
    button.append(swatch, one.label, values[index]);
    button.addEventListener('click', () => {
      one.shown = !one.shown;
      button.setAttribute('aria-pressed', String(one.shown));
      toggle(index + 1, one.shown);
    });
    return button;
  });
  place.replaceChildren(at, ...buttons);
  const text = index => (chart.x.texts ? chart.x.texts[index] : number(chart.xs[index]));
  return {
    read(index) {
      at.textContent = index == null ? '' : 'at ' + text(index);
      chart.series.forEach((one, i) => { values[i].textContent = index == null ? '' : number(one.values[index]); });
    },
  };
}

function element(name, className) {
  const made = document.createElement(name);
  made.className = className;
  return made;
}

/** Arrow keys move the cursor from point to point, Escape takes it away and shows the whole chart again. */
function onKey(u, event) {
  const last = u.data[0].length - 1, now = u.cursor.idx;
  const to = { ArrowLeft: Math.max(0, (now ?? last + 1) - 1), ArrowRight: Math.min(last, (now ?? -1) + 1), Home: 0, End: last }[event.key];
  if (event.key === 'Escape') {
    u.setData(u.data);
    u.setCursor({ left: -10, top: -10 }, true, true);
  } else if (to !== undefined) {
    u.setCursor({ left: u.valToPos(u.data[0][to], 'x'), top: u.over.clientHeight / 2 }, true, true);
    event.preventDefault();
  }
}
`
