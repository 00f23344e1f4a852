/** An answer that may be read, and as what. */
export interface CompleteResponse {
  readonly name: string
  /** Where it says that it means this. */
  readonly section: string
  /** Each character is one byte. */
  readonly text: string
  readonly answersHead?: boolean
  readonly status: number
  /** Without chunk sizes. Absent: none. */
  readonly body?: string
  readonly keepAlive: boolean
  /** What is left behind the answer; the connection cannot be used again then. */
  readonly left?: string
}

export const OK = 'HTTP/1.1 200 OK\r\n'
export const CHUNKED: string = `${OK}Transfer-Encoding: chunked\r\n\r\n`
const OLD = 'HTTP/1.0 200 OK\r\n'
const NONE = 'Content-Length: 0\r\n\r\n'
const ONE = 'Content-Length: 1\r\n\r\nx'

type Row = readonly [name: string, section: string, text: string, body?: string]
const rows = (
  shared: { readonly status?: number; readonly keepAlive: boolean; readonly answersHead?: true },
  table: readonly Row[],
): CompleteResponse[] =>
  table.map(([name, section, text, body = '']) => ({ status: 200, ...shared, name, section, text, body }))

// oxfmt-ignore
const KEPT: readonly Row[] = [
  ['content-length', 'RFC 9112 §6.2', `${OK}Content-Length: 5\r\n\r\nhello`, 'hello'],
  ['content-length 0', 'RFC 9112 §6.2', OK + NONE],
  ['lower case, tabs around the value', 'RFC 9110 §5.5', `${OK}content-length:\t 1 \t\r\n\r\nx`, 'x'],
  ['no space after the colon', 'RFC 9112 §5', `${OK}Content-Length:1\r\n\r\nx`, 'x'],
  ['leading zeros', 'RFC 9110 §8.6', `${OK}Content-Length: 00000000000000000001\r\n\r\nx`, 'x'],
  ['equal lengths twice', 'RFC 9110 §8.6', `${OK}Content-Length: 2\r\nContent-Length: 02\r\n\r\nhi`, 'hi'],
  ['equal lengths in a list', 'RFC 9110 §8.6', `${OK}Content-Length: 2, 2\r\n\r\nhi`, 'hi'],
  ['no space after the status', 'RFC 9112 §4', `HTTP/1.1 200\r\n${NONE}`],
  ['no reason phrase', 'RFC 9112 §4', `HTTP/1.1 200 \r\n${NONE}`],
  ['a reason phrase in latin1, with a tab', 'RFC 9112 §4', `HTTP/1.1 200 \xe7a\tva\r\n${NONE}`],
  ['a minor version yet to come', 'RFC 9110 §2.5', `HTTP/1.9 200 OK\r\n${NONE}`],
  ['bytes above 127 in a value', 'RFC 9110 §5.5', `${OK}X: caf\xe9\r\n${NONE}`],
  ['an empty value', 'RFC 9110 §5.5', `${OK}X:\r\n${NONE}`],
  ['every character of a name', 'RFC 9110 §5.6.2', `${OK}!#$%&'*+-.^_\`|~09azAZ: x\r\n${NONE}`],
  ['names as long as ours', 'RFC 9110 §5.1', `${OK}Content-Lengtt: 9\r\nXonnection: close\r\n${ONE}`, 'x'],
  ['other names in c and t', 'RFC 9110 §5.1', `${OK}Connection-Id: close\r\nTransfer: chunked\r\n${NONE}`],
  ['names that only begin like ours', 'RFC 9110 §5.1', `${OK}Connection-X: a, close\r\nContent-Length-X: 1\r\nC: 1\r\nT: 1\r\n${NONE}`],
  ['options that only resemble close', 'RFC 9110 §7.6.1', `${OK}Connection: closed, not close\r\n${NONE}`],
  ['three hundred headers', 'RFC 9110 §5.4', `${OK}${'A: b\r\n'.repeat(300)}${NONE}`],
  ['chunked', 'RFC 9112 §7.1', `${CHUNKED}5\r\nhello\r\n0\r\n\r\n`, 'hello'],
  ['several chunks', 'RFC 9112 §7.1', `${CHUNKED}1\r\na\r\nA\r\n0123456789\r\n0\r\n\r\n`, 'a0123456789'],
  ['chunked, no data', 'RFC 9112 §7.1', `${CHUNKED}0\r\n\r\n`],
  ['chunk data made of line ends', 'RFC 9112 §7.1', `${CHUNKED}4\r\n\r\n\r\n\r\n0\r\n\r\n`, '\r\n\r\n'],
  ['zeros, both cases of digits', 'RFC 9112 §7.1', `${CHUNKED}00a\r\n0123456789\r\n0B\r\n0123456789x\r\n000\r\n\r\n`, '01234567890123456789x'],
  ['more zeros than a number has digits', 'RFC 9112 §7.1', `${CHUNKED}${'0'.repeat(40)}1\r\nx\r\n0\r\n\r\n`, 'x'],
  ['chunk extensions', 'RFC 9112 §7.1.1', `${CHUNKED}2;a=b\r\nhi\r\n2;c="d;e"\r\nhi\r\n0;last\r\n\r\n`, 'hihi'],
  ['white space before extensions', 'RFC 9112 §7.1.1', `${CHUNKED}2 ; a\r\nhi\r\n0\t;b\r\n\r\n`, 'hi'],
  ['white space behind a size', 'RFC 9112 §7.1.1', `${CHUNKED}2  \r\nhi\r\n0 \r\n\r\n`, 'hi'],
  ['extensions of no known form', 'RFC 9112 §7.1.1', `${CHUNKED}2;;= "\xff\r\nhi\r\n0;\r\n\r\n`, 'hi'],
  ['trailers', 'RFC 9112 §7.1.2', `${CHUNKED}2\r\nhi\r\n0\r\nX-Sum: 1\r\nX-More:\r\n\r\n`, 'hi'],
  ['trailers that pose as headers', 'RFC 9110 §6.5.1', `${CHUNKED}0\r\nContent-Length: 7\r\nConnection: close\r\nTransfer-Encoding: gzip\r\n\r\n`],
  ['trailers that would be invalid as headers', 'RFC 9110 §6.5.1', `${CHUNKED}0\r\nContent-Length: x\r\nTransfer-Encoding: chunked\r\n\r\n`],
  ['gzip, then chunked', 'RFC 9112 §6.1', `${OK}Transfer-Encoding: gzip, Chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n`, 'x'],
  ['identity, then chunked', 'RFC 9112 §6.1', `${OK}Transfer-Encoding: identity ,\tchunked\r\n\r\n1\r\nx\r\n0\r\n\r\n`, 'x'],
  ['codings on two lines', 'RFC 9110 §5.3', `${OK}Transfer-Encoding: gzip;q=1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['an empty element behind chunked', 'RFC 9110 §5.6.1.2', `${OK}Transfer-Encoding: chunked,\r\n\r\n0\r\n\r\n`],
  ['an empty element before chunked', 'RFC 9110 §5.6.1.2', `${OK}Transfer-Encoding: ,chunked\r\n\r\n0\r\n\r\n`],
  ['100 before the answer', 'RFC 9110 §15.2', `HTTP/1.1 100 Continue\r\n\r\n${OK}${ONE}`, 'x'],
  ['103 with a length of nothing', 'RFC 9110 §15.2', `HTTP/1.1 103 Early\r\nLink: x\r\nContent-Length: 5\r\n\r\n${OK}${ONE}`, 'x'],
  ['an interim answer nobody knows', 'RFC 9110 §15.2', `HTTP/1.0 199 What\r\n\r\n${OK}${NONE}`],
  ['64 interim answers', 'RFC 9110 §15.2', `${'HTTP/1.1 102 P\r\n\r\n'.repeat(64)}${OK}${NONE}`],
  ['HTTP/1.0 with keep-alive', 'RFC 9112 §9.3', `${OLD}Connection: Keep-Alive\r\n${ONE}`, 'x'],
]

// oxfmt-ignore
const CLOSED: readonly Row[] = [
  ['Connection: close', 'RFC 9112 §9.6', `${OK}Connection: close\r\n${ONE}`, 'x'],
  ['close among other options', 'RFC 9110 §7.6.1', `${OK}Connection: foo, CLOSE ,bar\r\n${ONE}`, 'x'],
  ['close, and keep-alive on the next line', 'RFC 9112 §9.3', `${OK}Connection: close\r\nConnection: keep-alive\r\n${NONE}`],
  ['HTTP/1.0 closes', 'RFC 9112 §9.3', OLD + ONE, 'x'],
  ['HTTP/1.0 with close and keep-alive', 'RFC 9112 §9.3', `${OLD}Connection: close, keep-alive\r\n${NONE}`],
  ['HTTP/1.0 with keep-alive and close', 'RFC 9112 §9.3', `${OLD}Connection: keep-alive\r\nConnection: close\r\n${NONE}`],
  ['HTTP/1.0 with keep-alive, chunked', 'RFC 9112 §6.1', `${OLD}Connection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n`, 'x'],
  ['close in an interim answer', 'RFC 9112 §9.6', `HTTP/1.1 103 E\r\nConnection: close\r\n\r\n${OK}${NONE}`],
]

// Their end is the end of the connection.
// oxfmt-ignore
const UNTIL_CLOSE: readonly Row[] = [
  ['until close', 'RFC 9112 §6.3', `${OK}\r\nall of this`, 'all of this'],
  ['until close, no body at all', 'RFC 9112 §6.3', `${OK}\r\n`],
  ['until close, in spite of keep-alive', 'RFC 9112 §6.3', `${OK}Connection: keep-alive\r\n\r\nabc`, 'abc'],
  ['a 205 that does not say how long it is', 'RFC 9112 §6.3', 'HTTP/1.1 205 R\r\n\r\nabc', 'abc'],
  ['a coding that is not chunked', 'RFC 9112 §6.3', `${OK}Transfer-Encoding: gzip\r\n\r\nabc`, 'abc'],
  ['chunked is not the last coding', 'RFC 9112 §6.3', `${OK}Transfer-Encoding: chunked, gzip\r\n\r\nabc`, 'abc'],
  ['codings that only resemble chunked', 'RFC 9112 §7', `${OK}Transfer-Encoding: xchunked, chunked1\r\n\r\nabc`, 'abc'],
  ['identity', 'RFC 9112 §7', `${OK}Transfer-Encoding: identity\r\n\r\nabc`, 'abc'],
  ['HTTP/1.0 until close', 'RFC 9112 §6.3', `${OLD}\r\nabc`, 'abc'],
  ['another response in a body until close', 'RFC 9112 §6.3', `${OK}\r\n${OK}${NONE}`, OK + NONE],
]

// oxfmt-ignore
const TO_HEAD: readonly Row[] = [
  ['HEAD with a length', 'RFC 9112 §6.3', `${OK}Content-Length: 1000\r\n\r\n`],
  ['HEAD, chunked', 'RFC 9112 §6.3', CHUNKED],
  ['HEAD without a word', 'RFC 9112 §6.3', `${OK}\r\n`],
]

/** Without a body, or with bytes behind what they said to be all. */
const OTHERS: readonly CompleteResponse[] = [
  ...rows({ status: 204, keepAlive: true }, [
    ['204', 'RFC 9110 §15.3.5', 'HTTP/1.1 204 N\r\n\r\n'],
    ['204 with a length', 'RFC 9112 §6.3', 'HTTP/1.1 204 N\r\nContent-Length: 9\r\n\r\n'],
  ]),
  ...rows({ status: 205, keepAlive: true }, [['205', 'RFC 9110 §15.3.6', `HTTP/1.1 205 R\r\n${NONE}`]]),
  ...rows({ status: 304, keepAlive: true }, [
    ['304 with a length', 'RFC 9112 §6.3', 'HTTP/1.1 304 N\r\nContent-Length: 9\r\n\r\n'],
    ['304, chunked', 'RFC 9112 §6.3', 'HTTP/1.1 304 N\r\nTransfer-Encoding: chunked\r\n\r\n'],
  ]),
  ...rows({ status: 502, keepAlive: true }, [
    ['502', 'RFC 9110 §15.6.3', `HTTP/1.1 502 Bad Gateway\r\n${NONE}`],
  ]),
  ...rows({ status: 600, keepAlive: true }, [['600', 'RFC 9110 §15', `HTTP/1.1 600 What\r\n${NONE}`]]),
  ...rows({ status: 999, keepAlive: true }, [['999', 'RFC 9110 §15', `HTTP/1.1 999 What\r\n${NONE}`]]),
  ...[
    ['part of another answer', `${OK}${ONE}`, 'x', 'HTTP/1.1 200'] as const,
    ['a whole other answer', `${OK}${ONE}`, 'x', OK + NONE] as const,
    ['more than its length says', `${OK}${ONE}`, 'x', 'yz'] as const,
    ['more behind the last chunk', `${CHUNKED}0\r\n\r\n`, '', '\r\n'] as const,
  ].map(([name, text, body, left]) => ({
    name,
    section: 'RFC 9112 §6.3',
    text: text + left,
    body,
    left,
    status: 200,
    keepAlive: true,
  })),
  ...[204, 304].map(status => ({
    name: `${status} with a body`,
    section: 'RFC 9112 §6.3',
    text: `HTTP/1.1 ${status} N\r\nContent-Length: 4\r\n\r\nbody`,
    left: 'body',
    status,
    keepAlive: true,
  })),
  {
    name: 'HEAD with a body',
    section: 'RFC 9112 §6.3',
    text: `${OK}Content-Length: 4\r\n\r\nbody`,
    left: 'body',
    answersHead: true,
    status: 200,
    keepAlive: true,
  },
]

/** How many bytes their end is told by, or that it is the end of the connection. */
export const FRAMED: readonly CompleteResponse[] = [
  ...rows({ keepAlive: true }, KEPT),
  ...rows({ keepAlive: false }, CLOSED),
  ...rows({ keepAlive: true, answersHead: true }, TO_HEAD),
  ...OTHERS,
]
export const UNFRAMED: readonly CompleteResponse[] = rows({ status: 200, keepAlive: false }, UNTIL_CLOSE).map(
  response => ({ ...response, status: Number(response.text.slice(9, 12)) }),
)
export const COMPLETE: readonly CompleteResponse[] = [...FRAMED, ...UNFRAMED]
