import type { Target } from '../plan/plan.ts'
import { DEFAULT_TRANSPORT } from '../plan/transport.ts'
import type { ConnectionStrategy, Transport } from '../plan/transport.ts'
import { readOptional } from './field.ts'
import type { Field, Fields, Report } from './field.ts'
import { readStrategy } from './connection-strategy.ts'
import type { PemFile } from './pem-file.ts'
import { readWhole } from './quantity-field.ts'
import { readTls } from './tls-settings.ts'
import { describeTree } from './tree.ts'

const MOST_STREAMS = 1000

export interface ReadTransport {
  readonly transport: Transport
  readonly files: readonly PemFile[]
}

/** `http`, `streams`, `connection-strategy` and `tls`; the default in place of what has a problem. */
export function readTransport(fields: Fields, target: Target | undefined, report: Report): ReadTransport {
  const [http, tlsField] = [fields.get('http'), fields.get('tls')]
  const protocol = http === undefined ? DEFAULT_TRANSPORT.protocol : readHttp(http, report)
  const streams = readOptional(fields.get('streams'), readStreams, report)
  const strategy = readOptional(fields.get('connection-strategy'), readStrategy, report)
  const tls = tlsField && readTls(tlsField, report)
  if (protocol !== undefined) reportOtherVersion(fields, protocol, strategy, report)
  if (tlsField !== undefined && target?.protocol === 'http') reportPlain(tlsField, target, report)
  const transport = {
    ...DEFAULT_TRANSPORT,
    ...(protocol && { protocol }),
    ...(streams !== undefined && { streams }),
    ...(strategy && { strategy }),
    ...(tls && { tls: tls.settings }),
  }
  return { transport, files: tls?.files ?? [] }
}

/** Does the transport do anything else than a plan without one? */
export const isDefaultTransport = (transport: Transport): boolean =>
  JSON.stringify(transport) === JSON.stringify(DEFAULT_TRANSPORT)

const VERSIONS: Readonly<Record<string, Transport['protocol']>> = { '1.1': 'http/1.1', '2': 'h2', h2: 'h2' }

/** `1.1` or `2`, as number or text, or `h2`. */
function readHttp({ key, path, tree }: Field, report: Report): Transport['protocol'] | undefined {
  const version = tree.kind === 'scalar' ? String(tree.value) : ''
  if (Object.hasOwn(VERSIONS, version)) return VERSIONS[version]
  const message = `${path} is ${describeTree(tree)}; the versions spoken here are 1.1 and 2`
  const fix = `write ${key}: 2, or remove it for HTTP/1.1`
  return report({ code: 'scenario/http-version', message, fix }, tree.at)
}

const readStreams = (field: Field, report: Report): number | undefined =>
  readWhole(field, 1, MOST_STREAMS, report)

/** What only the other version of HTTP has. */
function reportOtherVersion(
  fields: Fields,
  protocol: Transport['protocol'],
  strategy: ConnectionStrategy | undefined,
  report: Report,
): void {
  const streams = fields.get('streams')
  if (protocol === 'http/1.1' && streams !== undefined) {
    const message = 'streams belongs to HTTP/2; over HTTP/1.1 a connection carries one request at a time'
    const fix = 'add http: 2, or remove streams'
    report({ code: 'scenario/streams', message, fix }, streams.tree.at)
  }
  if (protocol === 'h2' && strategy !== undefined && strategy.kind !== 'keep-alive') {
    const message = `connection-strategy is ${strategy.kind}; HTTP/2 shares its connections and keeps them`
    const fix = 'remove connection-strategy, or http: 2'
    report({ code: 'scenario/kept-connections', message, fix }, fields.get('connection-strategy')!.tree.at)
  }
}

function reportPlain({ tree }: Field, { socketPath }: Target, report: Report): void {
  const what = socketPath === undefined ? 'http://' : 'unix:'
  const message = `the target starts with ${what}, so there is no TLS for tls to set`
  const fix = 'write target: https://…, or remove tls (--ca, --insecure, --cert, --key, --server-name)'
  report({ code: 'scenario/tls-without-https', message, fix }, tree.at)
}
