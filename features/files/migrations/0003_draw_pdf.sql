-- PDFs get a picture of their first page, those too that were there before.
update file set work_at = created_at where kind = 'pdf' and small is null;
