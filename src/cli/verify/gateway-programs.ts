import type { Addresses, Endpoint } from '../../sizing/config/addresses.ts'
import { hostAndPort } from '../../sizing/config/addresses.ts'
import type { ConfigurationFile } from '../../sizing/config/configuration-file.ts'
import { writeHaproxy } from '../../sizing/config/write-haproxy.ts'
import { writeNginx } from '../../sizing/config/write-nginx.ts'
import { writeVarnish } from '../../sizing/config/write-varnish.ts'
import type { ServerLimits } from '../../sizing/server-limits.ts'

/** A gateway of the real world that the peak can be sent through. */
export interface GatewayProgram {
  /** As people call it. */
  readonly title: string
  /** Its file. */
  readonly program: string
  readonly debianPackage: string
  readonly write: (limits: ServerLimits, addresses: Addresses) => ConfigurationFile
  /** The same text for a program that may write nowhere but into the folder. */
  readonly atHome: (text: string, folder: string) => string
  /** How to start it in the foreground. */
  readonly words: (file: string, folder: string, listen: Endpoint) => readonly string[]
}

export const GATEWAY_PROGRAMS: Readonly<Record<'haproxy' | 'nginx' | 'varnish', GatewayProgram>> = {
  haproxy: {
    title: 'HAProxy',
    program: 'haproxy',
    debianPackage: 'haproxy',
    write: writeHaproxy,
    atHome: text => text,
    words: file => ['-db', '-f', file],
  },
  nginx: {
    title: 'nginx',
    program: 'nginx',
    debianPackage: 'nginx',
    write: writeNginx,
    atHome: nginxAtHome,
    words: (file, folder) => [
      '-p',
      folder,
      '-e',
      'stderr',
      '-c',
      file,
      '-g',
      `daemon off; pid ${folder}/nginx.pid;`,
    ],
  },
  varnish: {
    title: 'Varnish',
    program: 'varnishd',
    debianPackage: 'varnish',
    write: writeVarnish,
    atHome: text => text,
    words: (file, folder, listen) =>
      `-F -s malloc,64m -p backend_idle_timeout=1.5 -a ${hostAndPort(listen)}`
        .split(' ')
        .concat('-n', `${folder}/work`, '-f', file),
  },
}

/** Where nginx keeps what does not fit into memory. */
const TEMPORARY = ['client_body', 'fastcgi', 'proxy', 'scgi', 'uwsgi']

function nginxAtHome(text: string, folder: string): string {
  const own = TEMPORARY.map(one => `  ${one}_temp_path ${folder}/${one};`)
  return text
    .replace('http {', `http {\n${own.join('\n')}`)
    .replaceAll('/var/log/nginx/', `${folder}/`)
    .replaceAll('/var/lib/nginx/', `${folder}/`)
}
