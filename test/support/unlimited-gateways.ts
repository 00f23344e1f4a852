import type { Addresses } from '../../src/sizing/config/addresses.ts'

/** As Debian ships it: no limit at all. Only its patience is cut, from 50 s to 1 s, so that it runs out soon. */
export const unlimitedHaproxy = ({ listen, backends }: Addresses): string => `
global
  log stdout format raw local0 info
defaults
  mode http
  log global
  option httplog
  timeout connect 5000
  timeout client 50000
  timeout server 1000
frontend site
  bind ${listen.host}:${listen.port}
  default_backend app
backend app
${backends.map(({ host, port }) => `  server b${port} ${host}:${port}`).join('\n')}
`

/** What is not said here is as nginx has it. Only its patience is cut, from 60 s to 1 s, so that it runs out soon. */
export const unlimitedNginx = ({ listen, backends }: Addresses): string => `
events {}
http {
  access_log /var/log/nginx/access.log;
  upstream app {
${backends.map(({ host, port }) => `    server ${host}:${port};`).join('\n')}
  }
  server {
    listen ${listen.host}:${listen.port};
    location / {
      proxy_pass http://app;
      proxy_read_timeout 1s;
    }
  }
}
`
