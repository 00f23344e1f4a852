import { DEFAULT_TRANSPORT } from '../plan/transport.ts'
import type { TlsSettings } from '../plan/transport.ts'
import { readBoolean, readList, readMapping, readOptional, readText } from './field.ts'
import type { Field, Fields, Report } from './field.ts'
import { isHostName } from './host.ts'
import { readPemFile } from './pem-file.ts'
import type { PemFile } from './pem-file.ts'
import { TLS_KEYS } from './scenario-keys.ts'

export interface ReadTls {
  readonly settings: TlsSettings
  readonly files: readonly PemFile[]
}

/** `tls: { ca: ca.pem, cert: client.pem, key: client.key, server-name: shop.example, resume: false }`. */
export function readTls(field: Field, report: Report): ReadTls {
  const fields = readMapping(field, TLS_KEYS, report) ?? new Map<string, Field>()
  const ca = readAuthorities(fields.get('ca'), report)
  const insecure = readOptional(fields.get('insecure'), readBoolean, report) ?? false
  const resume = readOptional(fields.get('resume'), readBoolean, report) ?? DEFAULT_TRANSPORT.tls.resume
  const serverName = readOptional(fields.get('server-name'), readServerName, report)
  const { cert, key } = readPair(fields, report)
  const insecureField = fields.get('insecure')
  if (insecure && fields.has('ca')) reportBoth(insecureField!, fields.get('ca')!, report)
  return {
    settings: {
      ca: ca.map(({ path }) => path),
      ...(cert && key && { certificate: { cert: cert.path, key: key.path } }),
      verify: !insecure,
      ...(serverName !== undefined && { serverName }),
      resume,
    },
    files: [...ca, cert, key].filter(file => file !== undefined),
  }
}

function readAuthorities(field: Field | undefined, report: Report): readonly PemFile[] {
  if (field === undefined) return []
  const items = field.tree.kind === 'list' ? (readList(field, 'PEM file', 'ca.pem', report) ?? []) : [field]
  return items.flatMap(item => readPemFile(item, 'authority', report) ?? [])
}

/** The client's certificate and its key: both or none. */
function readPair(fields: Fields, report: Report): Readonly<Record<'cert' | 'key', PemFile | undefined>> {
  const [certField, keyField] = [fields.get('cert'), fields.get('key')]
  const cert = certField && readPemFile(certField, 'certificate', report)
  const key = keyField && readPemFile(keyField, 'key', report)
  const alone = keyField === undefined ? certField : certField === undefined ? keyField : undefined
  if (alone !== undefined) {
    const message = `${alone.path} stands alone; a client certificate needs its private key, and the other way round`
    const fix = alone === certField ? 'add key: client.key (or --key)' : 'add cert: client.pem (or --cert)'
    report({ code: 'scenario/tls-pair', message, fix }, alone.tree.at)
  }
  return { cert, key }
}

function readServerName(field: Field, report: Report): string | undefined {
  const name = readText(field, report)
  if (name === undefined || (isHostName(name) && !/^[\d.]+$/.test(name))) return name
  const message = `${field.path} is ${JSON.stringify(name)}; TLS names servers by host name, never by address (RFC 6066, section 3)`
  const fix = `write, for example, ${field.key}: shop.example`
  return report({ code: 'scenario/server-name', message, fix }, field.tree.at)
}

/** At the one that was typed on the command line, if any. */
function reportBoth(insecure: Field, ca: Field, report: Report): void {
  const { at } = [insecure, ca].find(({ tree }) => tree.at.line === undefined)?.tree ?? insecure.tree
  const message = 'insecure takes any certificate, so the authorities of ca would never be asked'
  const fix = 'keep ca (--ca) to have certificates checked, or insecure: true (--insecure) to take any'
  report({ code: 'scenario/insecure-with-ca', message, fix }, at)
}
