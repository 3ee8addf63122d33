#include "storage/seal/secret_text.h"

#include <openssl/crypto.h>

namespace stegvis::seal {

void Wipe(void* bytes, size_t size) { OPENSSL_cleanse(bytes, size); }

}  // namespace stegvis::seal
