"""The optional proof on a real kernel: `.venv/bin/python -m tests.hid.qemu [--kernel linux-image-….deb]`.

Starts Debian's kernel in QEMU (no KVM wanted), with this machine's root read-only as its own and /dev/uhid for a virtual
USB headset, and runs tests.hid.guest there. Wants qemu-system-x86, busybox-static, cpio, kmod; apt fetches the kernel package.
"""

import argparse
import gzip
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TREE = Path(__file__).resolve().parents[2]
MODULES = ("9pnet_virtio", "9p", "virtio_pci", "uhid", "hid-generic")
WANTED = ("qemu-system-x86_64", "busybox", "cpio", "modprobe", "depmod", "dpkg-deb")
_PATIENCE_S = 240
_INIT = """#!/bin/busybox sh
B=/bin/busybox
$B mount -t proc p /proc; $B mount -t sysfs s /sys; $B mount -t devtmpfs d /dev
while read m; do $B insmod /lib/modules/$m || echo "insmod $m failed"; done < /modlist
$B mount -t 9p -o trans=virtio,version=9p2000.L,ro host /mnt || echo 9p failed
$B mount -t proc p /mnt/proc; $B mount --bind /dev /mnt/dev; $B mount -t sysfs s /mnt/sys; $B mount -t tmpfs t /mnt/tmp
$B chroot /mnt {python} -c 'import sys; sys.path.insert(0, "{tree}"); from tests.hid.guest import main; sys.exit(main())'
echo GUEST-RC $?
$B poweroff -f
"""


def main() -> int:
    """0 when the guest proved all; 77 where something needed is not on this machine."""
    parser = argparse.ArgumentParser(prog="tests.hid.qemu", description=__doc__)
    parser.add_argument("--kernel", type=Path, help="Debian kernel package (else fetched by apt-get download)")
    options = parser.parse_args()
    lacking = [tool for tool in WANTED if not shutil.which(tool)]
    if lacking:
        print(f"not run: {', '.join(lacking)} not installed", file=sys.stderr)
        return 77
    with tempfile.TemporaryDirectory(prefix="jq") as made:
        folder = Path(made)
        package = options.kernel or _fetch(folder)
        kernel, initrd = _build(folder, package)
        began = time.monotonic()
        said = _boot(kernel, initrd)
        print(said)
        print(f"guest ran {time.monotonic() - began:.0f} s")
        return 0 if "ALL WELL" in said and "GUEST-RC 0" in said else 1


def _fetch(folder: Path) -> Path:
    depends = subprocess.run(["apt-cache", "depends", "linux-image-amd64"], capture_output=True, text=True, check=True).stdout
    name = next(line.split()[-1] for line in depends.splitlines() if "Depends:" in line)
    subprocess.run(["apt-get", "download", name], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return next(folder.glob("linux-image-*.deb"))


def _build(folder: Path, package: Path) -> tuple[Path, Path]:
    """The kernel, and an initrd with busybox and the few modules."""
    root, init = folder / "kernel", folder / "init"
    subprocess.run(["dpkg-deb", "-x", str(package), str(root)], check=True)
    library = root / "lib" / "modules" if (root / "lib").exists() else root / "usr" / "lib" / "modules"
    version = next(library.iterdir()).name
    subprocess.run(["depmod", "-b", str(root), version], check=True)
    for name in ("bin", "lib/modules", "mnt", "proc", "sys", "dev"):
        (init / name).mkdir(parents=True)
    shutil.copy(shutil.which("busybox") or "", init / "bin" / "busybox")
    names: list[str] = []
    for module in MODULES:
        shown = subprocess.run(
            ["modprobe", "-d", str(root), "-S", version, "--show-depends", module], capture_output=True, text=True, check=True
        ).stdout
        for line in shown.splitlines():
            path = Path(line.split()[1]) if line.startswith("insmod") else None
            if path is not None and path.name not in names:
                shutil.copy(path, init / "lib" / "modules" / path.name)
                names.append(path.name)
    (init / "modlist").write_text("".join(f"{name}\n" for name in names))
    (init / "init").write_text(_INIT.format(python=sys.executable, tree=TREE))
    (init / "init").chmod(0o755)
    files = "\n".join(str(path.relative_to(init)) for path in sorted(init.rglob("*")))
    cpio = ["cpio", "-o", "-H", "newc"]
    packed = subprocess.run(cpio, cwd=init, input=files.encode(), capture_output=True, check=True).stdout
    initrd = folder / "initrd.gz"
    initrd.write_bytes(gzip.compress(packed, 1))
    return next((root / "boot").glob("vmlinuz-*")), initrd


def _boot(kernel: Path, initrd: Path) -> str:
    command = [
        "qemu-system-x86_64", "-nodefaults", "-nographic", "-no-reboot", "-m", "1024", "-smp", "2", "-serial", "stdio",
        "-kernel", str(kernel), "-initrd", str(initrd), "-append", "console=ttyS0 quiet panic=1",
        "-virtfs", "local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=_PATIENCE_S, check=False)
    return done.stdout + done.stderr


if __name__ == "__main__":
    sys.exit(main())
