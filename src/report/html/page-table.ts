import type { PromiseView, Statement, TableView } from '../view.ts'
import { html, trusted } from './markup.ts'
import type { Markup } from './markup.ts'

const CHOSEN = trusted(' class="chosen"')
const NOTHING = trusted('')

/** A table that scrolls by itself where it is wide, by keyboard too. Its first column names the rows. */
export function table({ columns, rows, legend, chosen }: TableView, caption: string): Markup {
  const head = columns.map(({ label, align }) => html`<th scope="col" class="${align}">${label}</th>`)
  const cell = ({ text, tone }: Statement, index: number): Markup => {
    const { align } = columns[index]!
    return index === 0
      ? html`<th scope="row" class="${align} ${tone}">${text}</th>`
      : html`<td class="${align} ${tone}">${text}</td>`
  }
  const body = rows.map(
    (row, place) =>
      html`<tr${place === chosen ? CHOSEN : NOTHING}>
        ${row.map(cell)}
      </tr>`,
  )
  const drawn =
    rows.length === 0
      ? html``
      : html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
          <table>
            <caption class="unseen">
              ${caption}
            </caption>
            <thead>
              <tr>
                ${head}
              </tr>
            </thead>
            <tbody>
              ${body}
            </tbody>
          </table>
        </div>`
  return html`${drawn}${legend === null ? html`` : html`<p class="legend">${legend}</p>`}`
}

export function promiseTable(promises: readonly PromiseView[]): Markup {
  const rows = promises.map(
    ({ text, held, measured, because }) =>
      html`<tr>
        <td class="${held.tone}"><strong>${held.text}</strong></td>
        <th scope="row"><code>${text}</code></th>
        <td>${measured}</td>
        <td class="soft">${because}</td>
      </tr>`,
  )
  return html`<table class="stacked">
    <caption class="unseen">
      Promises
    </caption>
    <thead>
      <tr>
        <th scope="col">result</th>
        <th scope="col">promise</th>
        <th scope="col">measured</th>
        <th scope="col">because</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`
}
