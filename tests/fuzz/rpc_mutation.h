// Changes calls as somebody would who knows the protocol and means no good.
#pragma once

#include <cstddef>
#include <cstdint>

namespace stegvis::fuzz {

// A mutator of inputs in the form of rpc_input.h; see Target.
size_t MutateCalls(uint8_t* data, size_t size, size_t capacity, unsigned seed);

}  // namespace stegvis::fuzz
