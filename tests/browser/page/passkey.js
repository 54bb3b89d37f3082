// Makes a passkey and signs with it: always with the person verified.

import { decode, encode, sha256 } from "/bytes.js";

export async function makePasskey({ challenge, site, person, algorithms }) {
  const made = await navigator.credentials.create({
    publicKey: {
      challenge: decode(challenge),
      rp: { id: site, name: site },
      user: { id: new TextEncoder().encode(person), name: person, displayName: person },
      pubKeyCredParams: algorithms.map((alg) => ({ type: "public-key", alg })),
      authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
      attestation: "none",
    },
  });
  return {
    client_data: encode(made.response.clientDataJSON),
    attestation: encode(made.response.attestationObject),
  };
}

export async function signStatement(statement, { site, credential }) {
  const { response } = await navigator.credentials.get({
    publicKey: {
      challenge: await sha256(statement),
      rpId: site,
      allowCredentials: [{ type: "public-key", id: decode(credential) }],
      userVerification: "required",
    },
  });
  return {
    signature: encode(response.signature),
    authenticator_data: encode(response.authenticatorData),
    client_data: encode(response.clientDataJSON),
  };
}
