@echo off
rem Set up everything on a Windows machine with Python 3.11 to 3.13, then: demo opens the window on invented data,
rem test runs the checks and the tests, any other words go to the program.
setlocal
cd /d "%~dp0.."
if not exist .venv\Scripts\python.exe py -3 -m venv .venv
if not exist .venv\Scripts\python.exe exit /b 1
set wanted=.
if "%~1"=="test" set wanted=.[test]
.venv\Scripts\python -m pip install --quiet --disable-pip-version-check --editable %wanted%
if errorlevel 1 exit /b 1
if "%~1"=="test" (
    .venv\Scripts\ruff check .
    if errorlevel 1 exit /b 1
    .venv\Scripts\ruff format --check .
    if errorlevel 1 exit /b 1
    .venv\Scripts\mypy
    if errorlevel 1 exit /b 1
    set QT_QPA_PLATFORM=offscreen
    .venv\Scripts\python -m pytest -q -n auto
    if errorlevel 1 exit /b 1
    exit /b 0
)
set words=%*
if "%~1"=="" set words=--demo
if "%~1"=="demo" if "%~2"=="" set words=--demo
.venv\Scripts\jiuliting-desk %words%
