// What is set for gRPC as a whole, in this process.
#pragma once

namespace stegvis::server {

// Allows TLS 1.3 only, and keeps gRPC's own words out of the log: they name
// peers, files and whatever a caller sends. GRPC_VERBOSITY in the environment
// brings them back, to look for a fault. Before gRPC is used.
void PrepareGrpc();

}  // namespace stegvis::server
