const severalHosts = /^(postgres(?:ql)?:\/\/(?:[^/?#]*@)?)([^/?#@]*,[^/?#@]*)(.*)$/s

/**
 * One URL for each host of `postgres://user:password@one:5432,two:5432/database`, the form that
 * PostgreSQL's own programs take as well.
 */
export function urlsOfHosts(url: string): string[] {
  const [, before = '', hosts, after = ''] = severalHosts.exec(url) ?? []
  return hosts === undefined ? [url] : hosts.split(',').map((host) => `${before}${host}${after}`)
}
