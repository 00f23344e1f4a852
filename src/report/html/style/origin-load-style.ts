/** The chart of origin load by hit ratio, and the row of a table that is recommended. */
export const originLoadStyle: string = `
:root { --origin: #1f5fbf; --origin-low: #7a9fd8; --origin-band: rgba(31, 95, 191, .14); --planned: #875500; --needed: #875500; --given: #55616e; }
@media screen and (prefers-color-scheme: dark) {
  :root:not(.paper) { --origin: #7fb2ff; --origin-low: #4f78b5; --origin-band: rgba(127, 178, 255, .18); --planned: #f0b54a; --needed: #f0b54a; --given: #a3b0bd; }
}
.beside { display: grid; gap: 4px 24px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr)); margin-top: 16px; }
.beside > * { min-width: 0; }
@media print { .beside { display: block; } }
.chosen > * { background: var(--paper); }
.chosen > th { font-weight: 650; white-space: nowrap; }
`
