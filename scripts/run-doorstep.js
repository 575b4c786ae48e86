// What `./doorstep` runs. One process checks the packages and runs the command: a second Node would
// double the time that a short command takes.
import './ensure-installed.js'

if (process.argv[2] === 'serve') await import('./ensure-built.js')
await import('../server/bin/doorstep.js')
