"""The e-dossier: page images and words of every paper, its place in the official index, uploads, copies, what is missing."""
