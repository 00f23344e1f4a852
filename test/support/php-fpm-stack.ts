import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startChildServer } from './child-server.ts'
import type { ChildServer } from './child-server.ts'
import { debianProgram } from './debian-program.ts'

/** What the stack is by construction. */
export const CHILDREN = 4
export const BACKLOG = 32
export const SLEEP_MS = 10

export interface PhpFpmStack {
  /** Requests to `/` are counted in the access log, requests to `/uncounted` do the same work and are not. */
  readonly origin: string
  /** Requests to `/` by status, as nginx logged them. */
  readonly countsByStatus: () => Promise<Record<string, number>>
  /** Lines of nginx's error log from level `error` up. */
  readonly errors: () => Promise<readonly string[]>
  readonly stop: () => Promise<void>
}

export interface PhpFpmPrograms {
  readonly nginx: string
  readonly phpFpm: string
}

export function phpFpmPrograms(): PhpFpmPrograms | undefined {
  const nginx = debianProgram(/^nginx$/, 'nginx-light')
  const phpFpm = debianProgram(/^php-fpm\d/, 'php-fpm')
  return nginx !== undefined && phpFpm !== undefined ? { nginx, phpFpm } : undefined
}

const asRoot = process.getuid?.() === 0

const script = `<?php usleep(${SLEEP_MS * 1000}); echo "ok\\n";\n`

const poolConfiguration = (folder: string): string => `
[global]
daemonize = no
error_log = ${folder}/php-fpm.log
[www]
${asRoot ? 'user = www-data' : ''}
listen = ${folder}/php-fpm.sock
listen.mode = 0666
listen.backlog = ${BACKLOG}
pm = static
pm.max_children = ${CHILDREN}
`

const fastcgi = (folder: string): string => `
      fastcgi_pass unix:${folder}/php-fpm.sock;
      fastcgi_param SCRIPT_FILENAME ${folder}/index.php;
      fastcgi_param REQUEST_METHOD $request_method;`

const nginxConfiguration = (folder: string, port: number): string => `
daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log error;
events { worker_connections 4096; }
http {
  log_format status_only '$status';
  access_log off;
  client_body_temp_path ${folder}/body;
  fastcgi_temp_path ${folder}/fastcgi;
  proxy_temp_path ${folder}/proxy;
  scgi_temp_path ${folder}/scgi;
  uwsgi_temp_path ${folder}/uwsgi;
  server {
    listen 127.0.0.1:${port};
    location = / {
      access_log ${folder}/access.log status_only;${fastcgi(folder)}
    }
    location = /uncounted {${fastcgi(folder)}
    }
  }
}
`

/** A loopback port that nothing listens on at this moment. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}

async function linesOf(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text.split('\n').filter(line => line !== '')
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  )

const isAnswered = (url: string): Promise<boolean> =>
  fetch(url).then(
    async answer => (await answer.text()) === 'ok\n',
    () => false,
  )

/**
 * A real nginx in front of a real php-fpm: four children, each 10 ms a request, so a little under 400/s; 32 may wait
 * in the listen queue, and nginx answers 502 to whoever comes then. Both run in the foreground in a folder of
 * their own and end with `stop`.
 */
export async function startPhpFpmStack({ nginx, phpFpm }: PhpFpmPrograms): Promise<PhpFpmStack> {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-php-fpm-'))
  await chmod(folder, 0o755) // php-fpm's children and nginx's worker are other users when root starts them
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  await writeFile(join(folder, 'index.php'), script)
  await writeFile(join(folder, 'php-fpm.conf'), poolConfiguration(folder))
  await writeFile(join(folder, 'nginx.conf'), nginxConfiguration(folder, port))

  const started: ChildServer[] = []
  const stop = async (): Promise<void> => {
    for (const server of started.splice(0).toReversed()) await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    started.push(
      await startChildServer({
        command: phpFpm,
        args: ['--no-php-ini', '--nodaemonize', '--fpm-config', join(folder, 'php-fpm.conf')],
        answers: () => exists(join(folder, 'php-fpm.sock')),
      }),
    )
    started.push(
      await startChildServer({
        command: nginx,
        args: ['-p', folder, '-c', join(folder, 'nginx.conf')],
        answers: () => isAnswered(`${origin}/uncounted`),
      }),
    )
  } catch (error) {
    await stop()
    throw error
  }
  return {
    origin,
    countsByStatus: async () => {
      const counts: Record<string, number> = {}
      for (const status of await linesOf(join(folder, 'access.log')))
        counts[status] = (counts[status] ?? 0) + 1
      return counts
    },
    errors: () => linesOf(join(folder, 'error.log')),
    stop,
  }
}
