import { trusted } from './markup.ts'
import type { Markup } from './markup.ts'

/** A script or a style of our own that stands in the page, with the word by which the page's policy lets it in. */
export interface InlineElement {
  readonly element: Markup
  /** `'sha256-…'`, as a Content Security Policy writes it (CSP Level 3, 2.3.1). */
  readonly source: string
}

/**
 * @param text stands between the tags exactly as it is: the policy goes by its digest
 * @param sha256 the digest of a text in UTF-8, in base64
 */
export const inlineElement = (
  tag: 'script' | 'style',
  text: string,
  sha256: (text: string) => string,
): InlineElement => ({
  element: trusted(`<${tag}>${text}</${tag}>`),
  source: `'sha256-${sha256(text)}'`,
})
