@echo off
rem Starts ragstream on Windows: gives the JVM what the script ragstream beside this one does (LauncherOptionsTest), but makes no start-up
rem archive, and leaves it to the program to find out whether it is at a terminal.
setlocal DisableDelayedExpansion
for %%i in ("%~dp0..") do set "home=%%~fi"

rem The command is the first argument that is no option. What comes after it is not looked at: it may hold anything.
set "command="
:next
set "argument=%~1"
if not defined argument goto found
shift
for %%o in (-c --config --profile --set --color) do if "%argument%"=="%%o" goto skip
if "%argument:~0,1%"=="-" goto next
set "command=%argument%"
goto found
:skip
shift
goto next

:found
set "quick=1"
set "flags=-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
if "%command%"=="index" set "flags=-XX:+UseSerialGC"
if "%command%"=="parity" set "flags=-XX:+UseSerialGC"
if "%command%"=="serve" set "flags=-XX:+UseSerialGC -Xmn192m -XX:SurvivorRatio=4 -Djdk.httpclient.bufsize=4096" & set "quick="
if defined RAGSTREAM_JAVA_OPTS if not "%RAGSTREAM_JAVA_OPTS:-XX:+Use=%"=="%RAGSTREAM_JAVA_OPTS%" set "flags=" & set "quick="
if defined quick if exist "%home%\ragstream.aot" set flags=%flags% "-XX:AOTCache=%home%\ragstream.aot"

"%home%\runtime\bin\java.exe" %flags% --enable-native-access=ALL-UNNAMED -Djdk.reflect.useNativeAccessorOnly=true ^
  -Xlog:disable -Xlog:all=error:stderr %RAGSTREAM_JAVA_OPTS% ^
  -cp "%home%\ragstream.jar" dev.ragstream.cli.Main %*
exit /b %ERRORLEVEL%
