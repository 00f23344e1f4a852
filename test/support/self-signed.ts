import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface SelfSigned {
  readonly key: string
  readonly cert: string
}

/** A key and a certificate for it that nobody vouches for, good for one day and these names, e.g. `DNS:localhost`. */
export function selfSigned(...names: string[]): SelfSigned {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-tls-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const curve = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=test'
  try {
    const rest = ['-addext', `subjectAltName=${names.join(',')}`, '-keyout', key, '-out', cert]
    execFileSync('openssl', [...curve.split(' '), ...rest], { stdio: 'ignore' })
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
