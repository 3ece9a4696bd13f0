"""How passages are found: segmentation, embedding, search and index generations."""
