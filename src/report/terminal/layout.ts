import type { Ansi } from './ansi.ts'

/** How wide, and how to colour: what every section of the terminal's report needs to know. */
export interface Layout {
  /** Of the terminal. */
  readonly columns: number
  /** Of running text; longer lines are hard to read. */
  readonly prose: number
  readonly ansi: Ansi
}

export const INDENT = '  '
