"""Caps on memory and processor time that a reading process puts on itself."""

import sys

MEMORY_BYTES = 1_000_000_000
SECONDS = 60


def cap_this_process(*, memory_bytes: int = MEMORY_BYTES, seconds: int = SECONDS) -> None:
    """Let the system end this process beyond ``memory_bytes`` or ``seconds`` of processor time.

    POSIX: ``RLIMIT_AS``, ``RLIMIT_CPU`` and no core file. Windows: a job object with
    ``JOB_OBJECT_LIMIT_PROCESS_MEMORY``, ``_PROCESS_TIME``, ``_DIE_ON_UNHANDLED_EXCEPTION`` and one process.
    """
    if sys.platform == "win32":
        _cap_by_job_object(memory_bytes, seconds)
    else:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    PROCESS_TIME = 0x0002
    ACTIVE_PROCESS = 0x0008
    PROCESS_MEMORY = 0x0100
    DIE_ON_UNHANDLED_EXCEPTION = 0x0400
    EXTENDED_LIMIT_INFORMATION = 9
    TICKS_PER_SECOND = 10_000_000

    class _BasicLimits(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER),
            ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _ExtendedLimits(ctypes.Structure):
        _fields_ = (
            ("Basic", _BasicLimits),
            ("IoInfo", ctypes.c_ulonglong * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    def _cap_by_job_object(memory_bytes: int, seconds: int) -> None:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.CreateJobObjectW.argtypes = (wintypes.LPVOID, wintypes.LPCWSTR)
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, wintypes.LPVOID, wintypes.DWORD)
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        limits = _ExtendedLimits()
        limits.Basic.LimitFlags = PROCESS_TIME | ACTIVE_PROCESS | PROCESS_MEMORY | DIE_ON_UNHANDLED_EXCEPTION
        limits.Basic.PerProcessUserTimeLimit = seconds * TICKS_PER_SECOND
        limits.Basic.ActiveProcessLimit = 1
        limits.ProcessMemoryLimit = memory_bytes
        # The handle stays open on purpose: the job lives as long as this process.
        job = kernel.CreateJobObjectW(None, None)
        done = job and kernel.SetInformationJobObject(
            job, EXTENDED_LIMIT_INFORMATION, ctypes.byref(limits), ctypes.sizeof(limits)
        )
        if not done or not kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess()):
            raise ctypes.WinError(ctypes.get_last_error())
