import { readFileSync } from 'node:fs'
import type { TlsSettings } from '../plan/transport.ts'

/** What `TlsSettings` names, read. It stays within the process: a private key belongs into no document. */
export interface TlsMaterial {
  readonly ca: readonly string[]
  readonly cert?: string
  readonly key?: string
  readonly verify: boolean
  /** For SNI and the check of the certificate. */
  readonly serverName: string
  readonly resume: boolean
}

/** Throws the file system's error where a file cannot be read. */
export function readTlsMaterial(settings: TlsSettings, host: string): TlsMaterial {
  const read = (path: string): string => readFileSync(path, 'utf8')
  const { ca, certificate, verify, serverName, resume } = settings
  return {
    ca: ca.map(read),
    ...(certificate && { cert: read(certificate.cert), key: read(certificate.key) }),
    verify,
    serverName: serverName ?? host,
    resume,
  }
}
