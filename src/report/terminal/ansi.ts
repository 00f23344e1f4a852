import type { Tone } from '../view.ts'

type Paint = (text: string) => string

/** Select Graphic Rendition (ECMA-48, 8.3.117), or nothing at all. */
export interface Ansi {
  readonly bold: Paint
  readonly dim: Paint
  readonly heading: Paint
  readonly tone: Readonly<Record<Tone, Paint>>
  /** A word on a coloured ground. */
  readonly badge: Readonly<Record<Tone, Paint>>
}

const same: Paint = text => text
const NONE: Ansi = {
  bold: same,
  dim: same,
  heading: same,
  tone: { good: same, bad: same, unsure: same, plain: same },
  badge: { good: same, bad: same, unsure: same, plain: same },
}

const sgr =
  (codes: string): Paint =>
  text =>
    text === '' ? '' : `\u001b[${codes}m${text}\u001b[0m`

const COLOURED: Ansi = {
  bold: sgr('1'),
  dim: sgr('2'),
  heading: sgr('1;36'),
  tone: { good: sgr('32'), bad: sgr('31'), unsure: sgr('33'), plain: same },
  badge: { good: sgr('1;30;42'), bad: sgr('1;97;41'), unsure: sgr('1;30;43'), plain: sgr('1;7') },
}

export const ansi = (colour: boolean): Ansi => (colour ? COLOURED : NONE)
