// What stegvisd asks of the operating system for its process.
#pragma once

namespace stegvis::server {

// Neither a core file nor a debugger of another process of the same user gets
// the memory: keys and persons lie in it.
void ForbidMemoryDumps();

// Keeps SIGTERM and SIGINT for WaitForStopSignal. Before any thread is made.
void HoldBackStopSignals();

// Waits until one of them has come.
void WaitForStopSignal();

// Whether one of them has come.
bool StopSignalCame();

}  // namespace stegvis::server
