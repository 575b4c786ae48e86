@rem For npm start and npm run dev in cmd.exe: a Unix shell has exec built in.
@%*
