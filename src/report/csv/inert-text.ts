import { cleanText } from '../view/clean-text.ts'

/**
 * Where a spreadsheet begins a formula: at =, +, - or @, their full-width twins included, at the start of a cell; tab
 * and carriage return, which the list of OWASP (CSV Injection) names as well, are gone by then. A spreadsheet whose
 * language writes decimals with a comma splits lines at semicolons, so that a cell may also start after one.
 */
const FORMULA = /(^|;)(?=[\s"]*[=+\-@＝＋－＠])/gu

/** A text that no spreadsheet takes for a formula: an apostrophe goes before what would start one. */
export const inertText = (text: string): string => cleanText(text).replaceAll(FORMULA, "$1'")
