@echo off
rem Installs what is missing and runs the command, from any folder. An older Node hands over to the pinned one.
node "%~dp0scripts\run-doorstep.js" %*
exit /b %errorlevel%
