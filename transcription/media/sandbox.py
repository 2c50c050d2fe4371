"""A process goes in, a process that can only read what is open, compute and write to its pipes comes out.

Two walls, both of the kernel: resource limits (memory, processor time, no files written, no core dump) and a seccomp
filter that refuses every call by which a decoder taken over by a crafted file could reach anything: network, opening or
changing files, starting programs, looking into other processes. What is refused answers EACCES, so that a library that
only asks goes on.
"""

import ctypes
import errno
import platform
import resource
import struct

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2
#: Classic BPF: load a word of seccomp_data, compare, answer (linux/filter.h, linux/seccomp.h).
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _KILL, _REFUSE = 0x7FFF0000, 0x80000000, 0x00050000 | errno.EACCES
_NUMBER_AT, _MACHINE_AT = 0, 4
#: x86_64 numbers from here on belong to the x32 form of the same calls.
_X32 = 0x40000000

#: audit's mark of the machine and the numbers of the refused calls (asm/unistd.h).
_MACHINES: dict[str, tuple[int, tuple[int, ...]]] = {
    "x86_64": (
        0xC000003E,
        (
            *(2, 85, 257, 437, 304),  # open, creat, openat, openat2, open_by_handle_at
            *range(41, 56),  # socket … getsockopt
            *(288, 299, 307),  # accept4, recvmmsg, sendmmsg
            *(56, 57, 58, 435, 59, 322),  # clone, fork, vfork, clone3, execve, execveat
            *(62, 200, 424, 129, 297),  # kill, tkill, pidfd_send_signal, rt_sigqueueinfo, rt_tgsigqueueinfo
            *(101, 310, 311, 434, 438),  # ptrace, process_vm_readv/writev, pidfd_open, pidfd_getfd
            *(82, 83, 84, 86, 87, 88, 90, 92, 94, 133, 76),  # rename … unlink, symlink, chmod, chown, mknod, truncate
            *(258, 259, 260, 263, 264, 265, 266, 268, 316),  # the same with a folder
            *(80, 161, 165, 166, 169, 272, 308, 246, 175, 313, 321, 323, 298),  # chdir … mount, unshare, modules, bpf
            *(425, 426, 427, 248, 249, 250, 41),  # io_uring, keys
        ),
    ),
    "aarch64": (
        0xC00000B7,
        (
            *(56, 437, 265),
            *range(198, 213),
            *(242, 243, 269),
            *(220, 435, 221, 281),
            *(129, 130, 424, 138, 240),
            *(117, 270, 271, 434, 438),
            *(33, 34, 35, 36, 37, 38, 45, 52, 53, 54, 276),
            *(49, 51, 39, 40, 97, 268, 104, 105, 273, 280, 282, 241),
            *(425, 426, 427, 217, 218, 219),
        ),
    ),
}


def set_limits(memory_bytes: int) -> None:
    """Bound this process; memory on top of the address space it has now. Processor time is set by `allow_cpu`."""
    present = _address_space_bytes()
    _lower(resource.RLIMIT_AS, present + memory_bytes)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_CORE, 0)


def allow_cpu(seconds: int) -> None:
    """From now on, this much processor time; the kernel ends the process (SIGXCPU) when it is used up."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    wanted = int(usage.ru_utime + usage.ru_stime) + seconds
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard == resource.RLIM_INFINITY or wanted < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (wanted, hard))


def close_in() -> bool:
    """Install the filter; nothing can take it off again. False where this kernel or machine has no such filter."""
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        return False
    library = ctypes.CDLL(None, use_errno=True)
    program = _program(*machine)
    code = ctypes.create_string_buffer(program, len(program))
    # struct sock_fprog { unsigned short len; struct sock_filter *filter; }
    described = struct.pack("@HP", len(program) // 8, ctypes.addressof(code))
    if library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(library.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, described, 0, 0) == 0)


def _program(machine: int, refused: tuple[int, ...]) -> bytes:
    numbers = sorted(set(refused))
    lines = [
        (_LOAD, 0, 0, _MACHINE_AT),
        (_EQUAL, 1, 0, machine),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
        # A jump to the refusal, which is the last line but one.
        (_AT_LEAST, len(numbers) + 1, 0, _X32),
        *((_EQUAL, len(numbers) - index, 0, number) for index, number in enumerate(numbers)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(struct.pack("=HBBI", *line) for line in lines)


def _lower(what: int, limit: int) -> None:
    _soft, hard = resource.getrlimit(what)
    bound = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(what, (bound, bound))


def _address_space_bytes() -> int:
    with open("/proc/self/statm", encoding="ascii") as stream:  # noqa: PTH123  (a pseudo-file, read once)
        return int(stream.read().split()[0]) * resource.getpagesize()
