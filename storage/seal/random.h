// Random bytes for keys, nonces and nothing else.
#pragma once

#include <cstddef>
#include <cstdint>

namespace stegvis::seal {

// Fills `bytes` from OpenSSL's generator, which is drawn in blocks for each
// thread: single draws cost more than sealing does. A process without
// randomness cannot seal anything safely, so it ends here. Thread-safe.
void FillRandom(uint8_t* bytes, size_t size);

}  // namespace stegvis::seal
