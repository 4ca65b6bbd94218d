@echo off
rem Set up everything on a Windows machine with Python 3.11 to 3.13, then: demo opens the window on invented data,
rem test runs the checks and the tests, any other words go to the program.
setlocal
cd /d "%~dp0.."
if not exist .venv\Scripts\python.exe py -3 -m venv .venv || exit /b 1
if "%~1"=="test" (
    .venv\Scripts\python -m pip install --quiet --disable-pip-version-check --editable .[test] || exit /b 1
    .venv\Scripts\ruff check . || exit /b 1
    .venv\Scripts\ruff format --check . || exit /b 1
    .venv\Scripts\mypy || exit /b 1
    set QT_QPA_PLATFORM=offscreen
    .venv\Scripts\python -m pytest -q -n auto
    exit /b %errorlevel%
)
.venv\Scripts\python -m pip install --quiet --disable-pip-version-check --editable . || exit /b 1
if "%~1"=="" .venv\Scripts\jiuliting-desk --demo & exit /b %errorlevel%
if "%~1"=="demo" .venv\Scripts\jiuliting-desk --demo & exit /b %errorlevel%
.venv\Scripts\jiuliting-desk %*
