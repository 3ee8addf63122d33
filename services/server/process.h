// What stegvisd asks of the operating system for its process.
#pragma once

namespace stegvis::server {

// Neither a core file nor a debugger of another process of the same user gets
// the memory: keys and persons lie in it.
void ForbidMemoryDumps();

// Debian builds Abseil so that each lock is held against all others for cycles,
// gRPC's too: a help for finding faults, which costs every call.
void LookForNoLockCycles();

// Keeps SIGTERM and SIGINT for WaitForStopSignal. Before any thread is made.
void HoldBackStopSignals();

// Waits until one of them has come.
void WaitForStopSignal();

// Whether one of them has come.
bool StopSignalCame();

}  // namespace stegvis::server
