import type { InvalidReason } from '../../../../src/http/invalid-reason.ts'
import { CHUNKED, OK } from './complete-responses.ts'

/**
 * Where we deliberately differ from Node's strict parser, all of it: whatever is in none of these tables both refuse, or both
 * read as the same. `where` finds the bytes that differ in any other response.
 */
interface Difference {
  readonly name: string
  readonly section: string
  readonly text: string
  readonly where: RegExp
}

type Row = readonly [name: string, section: string, text: string, where: RegExp]
const differences = (rows: readonly Row[]): Difference[] =>
  rows.map(([name, section, text, where]) => ({ name, section, text, where }))

const NONE = 'Content-Length: 0\r\n\r\n'
const OLD = 'HTTP/1.0 200 OK\r\n'

// oxfmt-ignore
const WE_READ: readonly Row[] = [
  ['a minor version above 1', 'RFC 9110 §2.5', `HTTP/1.2 200 OK\r\n${NONE}`, /HTTP\/1\.[2-9]/],
  ['equal lengths on two lines', 'RFC 9110 §8.6', `${OK}Content-Length: 0\r\n${NONE}`, /content-length:[^]*content-length:/i],
  ['equal lengths in a list', 'RFC 9110 §8.6', `${OK}Content-Length: 0, 0\r\n\r\n`, /content-length:[^\r]*,/i],
  ['a tab behind a length', 'RFC 9110 §5.6.3', `${OK}Content-Length: 0\t\r\n\r\n`, /content-length:[^\r]*\t\r/i],
  ['white space behind a chunk size', 'RFC 9112 §7.1.1', `${CHUNKED}0 \r\n\r\n`, /[\da-f][ \t]+[;\r]/i],
  ['extensions of any form', 'RFC 9112 §7.1.1', `${CHUNKED}0;;=" \xff\r\n\r\n`, /[\da-f][ \t]*;/i],
  ['a length among the trailers', 'RFC 9110 §6.5.1', `${CHUNKED}0\r\nContent-Length: 7\r\n\r\n`, /chunked[^]*\r\n\r\n[^]*content-length/i],
  ['an answer after an interim one with close', 'RFC 9112 §9.6', `HTTP/1.1 103 E\r\nConnection: close\r\n\r\n${OK}${NONE}`, /HTTP\/1\.\d 1[^]*connection:[^\r]*close[^]*HTTP\/1/i],
  ['an answer after an interim one of HTTP/1.0', 'RFC 9110 §15.2', `HTTP/1.0 103 E\r\n\r\n${OK}${NONE}`, /HTTP\/1\.0 1[^]*HTTP\/1/],
]

/** Node refuses it. We read it: there is one way to, and the RFC allows it. */
export const ONLY_WE_READ: readonly Difference[] = differences(WE_READ)

// oxfmt-ignore
const NODE_READS: readonly (readonly [...Row, InvalidReason])[] = [
  ['empty lines before the status line: for servers', 'RFC 9112 §2.2', `\r\n${OK}${NONE}`, /(^|\n)[\r\n]+HTTP\//, 'not-http'],
  ['HTTP/2.0 in the form of HTTP/1', 'RFC 9112 §2.3', `HTTP/2.0 200 OK\r\n${NONE}`, /HTTP\/2\.0/, 'http-version'],
  ['HTTP/0.9, which has no head', 'RFC 9112 §2.3', `HTTP/0.9 200 OK\r\n${NONE}`, /HTTP\/0\.9/, 'http-version'],
  ['a status below 100', 'RFC 9110 §15', `HTTP/1.1 099 OK\r\n${NONE}`, /HTTP\/1\.\d 0\d\d/, 'status-code'],
  // oxlint-disable-next-line no-control-regex -- they are what it is about
  ['control characters in the reason', 'RFC 9112 §4', `HTTP/1.1 200 \0\r\n${NONE}`, /HTTP\/1\.\d \d{3} [^\r\n]*[\0-\x08\x0b-\x1f\x7f]/, 'control-byte'],
  ['a second CR for the LF of the status line', 'RFC 9112 §2.2', `HTTP/1.1 200 OK\r\r${NONE}`, /HTTP\/1\.\d \d{3}[^\r\n]*\r\r/, 'bare-carriage-return'],
  ['a length that cannot be counted, of no body', 'RFC 9110 §8.6', 'HTTP/1.1 304 N\r\nContent-Length: 9007199254740992\r\n\r\n', /content-length:[ \t]*\d{16}/i, 'content-length'],
  ['chunked twice', 'RFC 9112 §6.1', `${OK}Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n`, /chunked[^]*chunked/i, 'transfer-encoding'],
  ['chunked with a parameter', 'RFC 9112 §7.1', `${OK}Transfer-Encoding: chunked;a=b\r\n\r\n`, /chunked[ \t]*;/i, 'transfer-encoding'],
  ['codings that are no list of names', 'RFC 9112 §7', `${OK}Transfer-Encoding: gzip chunked\r\n\r\n`, /transfer-encoding:[^\r\n]*([^\w, \t\r\n]|[^ \t,][ \t]+[^ \t,])/i, 'transfer-encoding'],
  ['a coding without a name', 'RFC 9112 §6.1', `${OK}Transfer-Encoding: \r\n\r\n`, /transfer-encoding:[ \t,]*\r/i, 'transfer-encoding'],
  ['101 that was not asked for', 'RFC 9110 §15.2.2', 'HTTP/1.1 101 S\r\n\r\n', /HTTP\/1\.\d 101/, 'unexpected-upgrade'],
  ['more than 64 interim answers', 'RFC 9110 §15.2', `${'HTTP/1.1 100 C\r\n\r\n'.repeat(65)}${OK}${NONE}`, /HTTP\/1\.\d 1/, 'too-many-interim'],
]

/** Node reads it. We refuse it, for the reason. */
export const ONLY_NODE_READS: readonly (Difference & { readonly reason: InvalidReason })[] = NODE_READS.map(
  ([name, section, text, where, reason]) => ({ name, section, text, where, reason }),
)

// oxfmt-ignore
const WE_KEEP: readonly Row[] = [
  ['Proxy-Connection, which means nothing', 'RFC 9112 §C.2.2', `${OK}Proxy-Connection: close\r\n${NONE}`, /proxy-connection/i],
  ['a tab behind keep-alive of HTTP/1.0', 'RFC 9110 §5.6.3', `${OLD}Connection: keep-alive\t\r\n${NONE}`, /HTTP\/1\.0[^]*keep-alive\t/i],
]

/** Both read it as the same; we use the connection again, Node does not. */
export const ONLY_WE_KEEP: readonly Difference[] = differences(WE_KEEP)

// oxfmt-ignore
const NODE_KEEPS: readonly Row[] = [
  ['close and keep-alive of HTTP/1.0, where close wins', 'RFC 9112 §9.3', `${OLD}Connection: keep-alive, close\r\n${NONE}`, /HTTP\/1\.0[^]*close/i],
  ['a transfer coding of HTTP/1.0, which knows none', 'RFC 9112 §6.1', `${OLD}Connection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, /HTTP\/1\.0[^]*transfer-encoding/i],
  ['Proxy-Connection of HTTP/1.0', 'RFC 9112 §C.2.2', `${OLD}Proxy-Connection: keep-alive\r\n${NONE}`, /HTTP\/1\.0[^]*proxy-connection/i],
  ['a tab behind close', 'RFC 9110 §5.6.3', `${OK}Connection: close\t\r\n${NONE}`, /connection:[^\r]*close[ ]*\t/i],
]

/** Both read it as the same; Node uses the connection again, we do not. */
export const ONLY_NODE_KEEPS: readonly Difference[] = differences(NODE_KEEPS)

const LAST = '0\r\n\r\n'

// oxfmt-ignore
const OTHERWISE: readonly Row[] = [
  ['an empty element of the list behind chunked', 'RFC 9110 §5.6.1.2', `${OK}Transfer-Encoding: chunked,\r\n\r\n${LAST}`, /transfer-encoding:[^\r]*chunked[ \t]*,[ \t,]*\r/i],
  ['a tab behind chunked', 'RFC 9110 §5.6.3', `${OK}Transfer-Encoding: chunked\t\r\n\r\n${LAST}`, /transfer-encoding:[^\r]*chunked[ ]*\t/i],
]

/** To us it is chunked, and these have no body; Node takes it for a coding behind chunked and reads until close. */
export const FRAMED_OTHERWISE: readonly Difference[] = differences(OTHERWISE)
