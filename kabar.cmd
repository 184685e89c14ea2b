@echo off
rem Runs Kabar from this folder. When the sources are newer than the last build it builds first, and says so in one
rem line on stderr. The shell script `kabar` beside this file is the model and has the reasons.
rem
rem KABAR_JAVA_OPTS  more options for the JVM, for example -Xmx2g
setlocal DisableDelayedExpansion
set "home=%~dp0"

set "app=chat-cli"
set "folder=chat-cli"
set "module=io.kabar.cli"
set "sources=chat-core,chat-cli"
set "native=org.jline.nativ"
set "flags=-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
set "server=-XX:+ExitOnOutOfMemoryError -XX:+UseSerialGC -Xms40m -Xmn24m"
for %%c in (server ctl passwd import export erase) do if "%~1"=="%%c" goto daemon
for %%c in (desktop monitor) do if "%~1"=="%%c" goto desktop
for %%c in (chat demo) do if "%~1"=="%%c" set "flags=-XX:+UseSerialGC"
if "%~1"=="bench" goto bench
goto java
:daemon
set "app=chat-server"
set "folder=chat-server"
set "module=io.kabar.daemon"
set "sources=chat-core,storage\csv,chat-server"
if not "%~1"=="server" set "native="
if not "%~1"=="ctl" if not "%~1"=="passwd" set "flags=%server%"
goto java
:bench
set "app=chat-bench"
set "folder=benchmarks"
set "module=io.kabar.bench"
set "sources=chat-core,storage\csv,chat-server,benchmarks"
set "native="
set "flags=-XX:+UseParallelGC"
set "KABAR_SERVER_FLAGS=%server% %KABAR_JAVA_OPTS%"
goto java
:desktop
set "app=chat-swing"
set "folder=chat-swing"
set "module=io.kabar.swing"
set "sources=chat-core,storage\csv,chat-server,chat-swing"
set "native=com.formdev.flatlaf"
set "flags=-XX:+UseSerialGC"

:java
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
set "answer=%TEMP%\kabar-%RANDOM%.txt"
"%java%" -version <nul 2>"%answer%"
set "version=0"
for /f "usebackq tokens=2,3" %%v in ("%answer%") do if "%%v"=="version" set "version=%%~w"
del "%answer%"
for /f "delims=.-+" %%v in ("%version%") do set "version=%%v"
if "%version%"=="0" >&2 echo kabar: needs Java 17 or newer, and found none. & exit /b 1
if %version% lss 17 >&2 echo kabar: needs Java 17 or newer; this one is %version%. & exit /b 1

set "work=%home%target\kabar"
set "lib=%home%%folder%\target\lib"
call :fresh && goto run
if not exist "%work%" mkdir "%work%"
set /a waited=0
:lock
mkdir "%work%\lock" 2>nul && goto locked
set /a waited+=1
if %waited% gtr 900 >&2 echo kabar: gave up waiting; if nothing is being built, remove %work%\lock. & exit /b 1
rem A pause of a second: `timeout` refuses to run when stdin is a pipe.
ping -n 2 127.0.0.1 >nul
goto lock
:locked
call :fresh && rmdir "%work%\lock" && goto run
>&2 echo kabar: building %app%, which takes a minute or two the first time ...
set "mvn=%home%mvnw.cmd"
call "%mvn%" -v <nul >nul 2>&1 || set "mvn=mvn"
rem Dated now, because what is edited from here on is newer than this build.
type nul >"%work%\%app%.next"
if exist "%lib%" rmdir /s /q "%lib%"
del /q "%home%%folder%\target\%app%-*.jar" 2>nul
pushd "%home%"
call "%mvn%" -B -q -ntp -Dquick -Dmaven.test.skip=true -pl :%app% -am package <nul >"%work%\build.log" 2>&1
set "failed=%errorlevel%"
popd
if "%failed%"=="0" copy /y "%home%%folder%\target\%app%-*.jar" "%lib%" >nul || set "failed=1"
if "%failed%"=="0" move /y "%work%\%app%.next" "%work%\%app%.built" >nul
rmdir "%work%\lock"
if "%failed%"=="0" goto run
findstr /b /c:"[ERROR]" "%work%\build.log" >&2
>&2 echo kabar: the build failed; all of it is in %work%\build.log.
exit /b 1

:run
if defined native if %version% geq 24 set "flags=%flags% --enable-native-access=%native%"
"%java%" %flags% %KABAR_JAVA_OPTS% --module-path "%lib%" --module %module%/%module%.Main %*
exit /b %errorlevel%

rem Success when no source is newer than the build.
:fresh
if not exist "%work%\%app%.built" exit /b 1
if not exist "%lib%" exit /b 1
powershell -NoProfile -Command "$t = (Get-Item -LiteralPath ($env:work + '\' + $env:app + '.built')).LastWriteTimeUtc; $f = @('pom.xml') + @($env:sources -split ',' | ForEach-Object { $_ + '\pom.xml'; $_ + '\src\main' }); $n = $f | ForEach-Object { Get-Item -LiteralPath ($env:home + $_); Get-ChildItem -LiteralPath ($env:home + $_) -Recurse } | Where-Object { $_.LastWriteTimeUtc -gt $t } | Select-Object -First 1; if ($n) { exit 1 } else { exit 0 }" <nul
exit /b %errorlevel%
